package app.lifecycle;

import java.util.logging.LogManager;

/** The log manager of an application. */
public final class OwnLogManager extends LogManager {

    private final boolean madeByMain = Application.inMain;

    /**
     * Prints the log manager, and whether this was the first call for it. A class of its own, because the superclass of
     * a main class is initialised before its main method runs.
     */
    public static final class Application {

        private static boolean inMain;

        private Application() {}

        public static void main(String[] args) {
            inMain = true;
            LogManager manager = LogManager.getLogManager();
            System.out.println("MANAGER " + manager.getClass().getName());
            System.out.println("MADE BY MAIN " + (manager instanceof OwnLogManager own && own.madeByMain));
        }
    }
}
