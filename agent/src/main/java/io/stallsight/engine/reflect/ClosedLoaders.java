package io.stallsight.engine.reflect;

/**
 * Recognises class loaders of applications that are undeployed: their code may still run, and fails when it needs a
 * class for the first time. Such a failure is the application's own, no error of the agent.
 */
public final class ClosedLoaders {

    private ClosedLoaders() {}

    /**
     * Whether the loader of the class is closed: it does not find the file of the class that it has defined. It runs
     * code of the loader, so it is to be called only after something has failed.
     */
    public static boolean isClosed(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || type.isHidden()) {
            return false;
        }
        try {
            return loader.getResource(type.getName().replace('.', '/') + ".class") == null;
        } catch (RuntimeException | Error refuses) {
            return true;
        }
    }
}
