package io.stallsight.engine;

import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.control.Operator;
import io.stallsight.engine.recording.LentRecordings;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests of the command line to an attached agent.
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><td>{@code record <pid>}</td><td>records the agent's events until process {@code pid} has ended; the answer is
 *       the folder to read them from</td></tr>
 *   <tr><td>{@code hello}</td><td>nothing; the answer is empty</td></tr>
 *   <tr><td>{@code settings}</td><td>the options in force, a line each</td></tr>
 *   <tr><td>{@code set <key>=<value>}</td><td>changes one; the answer is what is in force then</td></tr>
 * </table>
 */
final class Requests {

    private final @Nullable LentRecordings recordings;
    private final Operator operator;

    /** @param recordings null in a JVM without module jdk.jfr */
    Requests(@Nullable LentRecordings recordings, Operator operator) {
        this.recordings = recordings;
        this.operator = operator;
    }

    /** @throws IllegalArgumentException with one line for the user if the request cannot be met */
    String answer(String request) {
        int space = request.indexOf(' ');
        String verb = space < 0 ? request : request.substring(0, space);
        String rest = space < 0 ? "" : request.substring(space + 1);
        return switch (verb) {
            case "hello" -> "";
            case "record" -> record(Long.parseLong(rest));
            case "settings" -> settings();
            case "set" -> set(rest);
            default ->
                throw new IllegalArgumentException("the agent there is of another version and does not know \"" + verb
                        + "\"; use the jar that it was started with");
        };
    }

    private String record(long pid) {
        if (recordings == null) {
            throw new IllegalArgumentException("that JVM has no module jdk.jfr");
        }
        return recordings.lend(pid);
    }

    private String settings() {
        StringBuilder lines = new StringBuilder();
        operator.settings()
                .forEach((key, value) -> lines.append(lines.isEmpty() ? "" : "\n")
                        .append(key)
                        .append('=')
                        .append(value));
        return lines.toString();
    }

    private String set(String change) {
        int equals = change.indexOf('=');
        String key = change.substring(0, equals).trim();
        try {
            operator.set(key, change.substring(equals + 1).trim());
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return key + "=" + operator.settings().get(key);
    }
}
