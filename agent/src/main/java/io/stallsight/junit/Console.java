package io.stallsight.junit;

import io.stallsight.api.Finding;
import io.stallsight.api.Kind;

/**
 * Recognises writes to {@code System.out} and {@code System.err}. A build tool replaces these streams by its own, which
 * block because they send the text to another process. The code under test would not block like that elsewhere.
 */
final class Console {

    private Console() {}

    static boolean isWrite(Finding finding) {
        if (!finding.isOf(Kind.FILE, Kind.SOCKET, Kind.LOCK, Kind.MONITOR, Kind.CONSOLE)) {
            return false;
        }
        for (StackTraceElement frame : finding.stack()) {
            String type = frame.getClassName();
            if (type.equals("java.io.PrintStream")
                    || type.startsWith("org.apache.maven.surefire.")
                    || type.startsWith("org.gradle.")
                    || type.startsWith("worker.org.gradle.")) {
                return true;
            }
            if (frame.equals(finding.site())) {
                return false;
            }
        }
        return false;
    }
}
