package io.stallsight.engine.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A full-screen view in the terminal, drawn again for each picture. The terminal is restored at the end, also after
 * Ctrl-C. Where there is a {@code stty}, keys are read without Enter.
 */
final class Screen implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final int DEFAULT_WIDTH = 120;
    private static final int DEFAULT_HEIGHT = 40;

    private static final long KEY_PERIOD_MILLIS = 50;

    /** In characters. */
    record Size(int height, int width) {

        /** Of an output that is no terminal: nothing is left out. */
        static final Size UNLIMITED = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private final PrintStream out = System.out;
    private final @Nullable String before = stty("-g");
    private final Thread atExit = new Thread(this::leave, "leave-screen");
    private boolean left;

    Screen() {
        Runtime.getRuntime().addShutdownHook(atExit);
        stty("-icanon -echo min 0 time 0");
        out.print(ENTER);
        out.flush();
    }

    /** The present size of the window; it may change between two pictures. */
    Size size() {
        String size = stty("size");
        if (size != null && size.matches("\\d{1,4} \\d{1,4}") && !size.startsWith("0 ")) {
            String[] parts = size.split(" ");
            return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
        return new Size(DEFAULT_HEIGHT, DEFAULT_WIDTH);
    }

    void draw(List<String> lines, Size size) {
        StringBuilder text = new StringBuilder(HOME);
        for (int i = 0; i < Math.min(lines.size(), size.height); i++) {
            text.append(i == 0 ? "" : "\r\n")
                    .append(clip(lines.get(i), size.width))
                    .append(CLEAR_LINE);
        }
        out.print(text.append(CLEAR_BELOW));
        out.flush();
    }

    /** The first {@code width} visible characters; escape sequences are kept, and take no room. */
    static String clip(String line, int width) {
        StringBuilder clipped = new StringBuilder();
        Matcher escape = ESCAPE.matcher(line);
        int room = width;
        int at = 0;
        while (at < line.length()) {
            boolean found = escape.find(at);
            int end = found ? escape.start() : line.length();
            int taken = Math.min(room, end - at);
            clipped.append(line, at, at + taken);
            room -= taken;
            if (found) {
                clipped.append(escape.group());
            }
            at = found ? escape.end() : line.length();
        }
        return clipped.toString();
    }

    /** Waits for a key. Returns it, or -1 if none came in time. */
    static int key(long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            if (System.in.available() > 0) {
                return System.in.read();
            }
            Thread.sleep(Math.min(KEY_PERIOD_MILLIS, Math.max(1, millis)));
        }
        return -1;
    }

    private static @Nullable String stty(String arguments) {
        try {
            Process process = new ProcessBuilder("sh", "-c", "stty " + arguments + " < /dev/tty 2> /dev/null").start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.trim() : null;
        } catch (IOException e) { // there is no sh
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized void leave() {
        if (!left) {
            left = true;
            out.print(LEAVE);
            out.flush();
            if (before != null) {
                stty(before);
            }
        }
    }

    @Override
    public void close() {
        leave();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
