package io.stallsight.engine.check;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.Set;

/** Processes, entropy, and at the end garbage collection, which also cleans up after the other exercises. */
final class ExerciseSystem {

    private ExerciseSystem() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("ProcessBuilder", ExerciseSystem::processes),
                new Exercise("SecureRandom", ExerciseSystem::entropy),
                new Exercise("System.gc", ExerciseSystem::collect),
                new Exercise("ManagementFactory.getPlatformMBeanServer", ManagementFactory::getPlatformMBeanServer));
    }

    /** A program that does not exist: its start fails after all the work of a start. */
    private static ProcessBuilder missingProgram() {
        return new ProcessBuilder(new File(System.getProperty("java.home"), "bin/stallsight-no-such-program").getPath())
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.PIPE);
    }

    private static void processes() {
        try {
            missingProgram().start();
        } catch (IOException expected) {
            // not there
        }
        try {
            ProcessBuilder.startPipeline(List.of(missingProgram()));
        } catch (IOException expected) {
            // not there
        }
    }

    private static void entropy() throws NoSuchAlgorithmException {
        SecureRandom.getInstance("SHA1PRNG").generateSeed(1);
        Set<String> algorithms = Security.getAlgorithms("SecureRandom");
        if (algorithms.contains("NATIVEPRNG")) { // not on Windows
            SecureRandom.getInstance("NativePRNG").generateSeed(1);
        }
        if (algorithms.contains("NATIVEPRNGBLOCKING")) {
            SecureRandom blocking = SecureRandom.getInstance("NativePRNGBlocking");
            blocking.generateSeed(1);
            blocking.nextBytes(new byte[1]);
        }
    }

    private static void collect() {
        System.gc();
        Runtime.getRuntime().gc();
    }
}
