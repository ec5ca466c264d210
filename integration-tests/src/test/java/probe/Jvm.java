package probe;

import java.security.SecureRandom;

/** Calls into the JVM that stop the caller: garbage collection and random numbers. */
final class Jvm {

    private Jvm() {}

    @BlocksBriefly(value = "GC", api = "System.gc")
    static Body gc() {
        return () -> collectInAMethod();
    }

    private static void collectInAMethod() {
        System.gc();
    }

    @BlocksBriefly(value = "GC", api = "System.gc")
    static Body gc_lambda() {
        return () -> System.gc();
    }

    @BlocksBriefly(value = "GC", api = "System.gc")
    static Body gc_reference() {
        return () -> Calls.call(System::gc);
    }

    @BlocksBriefly("GC")
    static Body runtimeGc() {
        return () -> Runtime.getRuntime().gc();
    }

    @BlocksBriefly("RANDOM")
    static Body blockingSecureRandom() throws Exception {
        SecureRandom random = SecureRandom.getInstance("NativePRNGBlocking");
        return () -> random.nextBytes(new byte[8]);
    }

    @BlocksBriefly("RANDOM")
    static Body strongSecureRandomSeed() throws Exception {
        SecureRandom random = SecureRandom.getInstanceStrong();
        return () -> random.generateSeed(8);
    }
}
