package app.lifecycle;

import java.util.logging.LogManager;

/** An application that sets a log manager of its own, and tells which one it got. */
public final class OwnLogManager extends LogManager {

    public static void main(String[] args) {
        System.out.println("MANAGER " + LogManager.getLogManager().getClass().getName());
    }
}
