package app.blockhound;

import reactor.blockhound.BlockHound;

/** Installs the BlockHound of its own class loader for one thread. */
public final class OneCopy {

    private OneCopy() {}

    /** Called by reflection. */
    public static void install(String name) {
        BlockHound.builder()
                .nonBlockingThreadPredicate(
                        before -> before.or(thread -> thread.getName().equals(name)))
                .blockingMethodCallback(method -> System.out.println("CALLBACK " + name + " " + method))
                .install();
    }
}
