package probe;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Child processes and the console. */
final class Processes {

    private static final String PROCESS = "PROCESS";

    private Processes() {}

    private static Process endingLate() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        Late.run(() -> process.getOutputStream().close());
        return process;
    }

    @Blocks(PROCESS)
    static Body waitFor() throws IOException {
        Process process = endingLate();
        return () -> waitInAMethod(process);
    }

    private static void waitInAMethod(Process process) throws InterruptedException {
        process.waitFor();
    }

    @Blocks(PROCESS)
    static Body waitFor_lambda() throws IOException {
        Process process = endingLate();
        return () -> process.waitFor();
    }

    @Blocks(PROCESS)
    static Body waitFor_reference() throws IOException {
        Process process = endingLate();
        return () -> Calls.call(process::waitFor);
    }

    @Blocks(PROCESS)
    static Body waitForWithTimeout() throws IOException {
        Process process = endingLate();
        return () -> process.waitFor(10, TimeUnit.SECONDS);
    }

    @Blocks("FUTURE/PROCESS")
    static Body onExitGet() throws IOException {
        Process process = endingLate();
        return () -> process.onExit().get();
    }

    @Blocks("PROCESS/FILE")
    static Body readOutput() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        Late.run(() -> {
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
        });
        InputStream in = process.getInputStream();
        return () -> in.read();
    }

    @BlocksBriefly(PROCESS)
    static Body start() {
        ProcessBuilder builder = new ProcessBuilder("true");
        return () -> startInAMethod(builder);
    }

    private static void startInAMethod(ProcessBuilder builder) throws IOException {
        builder.start();
    }

    @BlocksBriefly(PROCESS)
    static Body start_reference() {
        ProcessBuilder builder = new ProcessBuilder("true");
        return () -> Calls.call(builder::start);
    }

    @BlocksBriefly(PROCESS)
    static Body runtimeExec() {
        return () -> Runtime.getRuntime().exec(new String[] {"true"});
    }

    /** Writes a byte to the stdin of this process, which is a pipe, with the delay. */
    private static void typeLate() {
        Late.run(() -> {
            try (OutputStream console = new FileOutputStream("/proc/self/fd/0")) {
                console.write('\n');
            }
        });
    }

    @Blocks("CONSOLE")
    static Body consoleRead() {
        typeLate();
        return () -> readConsoleInAMethod();
    }

    private static void readConsoleInAMethod() throws IOException {
        System.in.read();
    }

    @Blocks("CONSOLE")
    static Body consoleRead_reference() {
        typeLate();
        return () -> Calls.call(System.in::read);
    }

    @NeverBlocks
    static Body exitValue() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return () -> {
            process.exitValue();
            process.isAlive();
            process.pid();
        };
    }
}
