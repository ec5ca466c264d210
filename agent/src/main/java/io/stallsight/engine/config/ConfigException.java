package io.stallsight.engine.config;

import java.util.List;

/** A configuration that cannot be used; the message is the one line that the user sees. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(oneLine(message));
    }

    /** A key or a value that has line breaks must not make more lines of the log, which scripts read. */
    private static String oneLine(String message) {
        return message.replace("\r", "\\r").replace("\n", "\\n");
    }

    /** @param origin the source that has the key */
    static ConfigException unknownKey(String key, String origin) {
        List<String> keys = Option.all().stream().map(Option::key).toList();
        String nearest = Likeness.nearest(key, keys);
        return new ConfigException("unknown option " + key + " in " + origin
                + (nearest == null ? "." : "; did you mean " + nearest + "?")
                + " Options are: " + String.join(", ", keys));
    }

    /** @param origin the source that has the value */
    static ConfigException badValue(Option<?> option, String value, String origin) {
        return new ConfigException("bad value for option " + option.key() + " in " + origin
                + (option.type().isSecret() ? "" : ": \"" + value + "\"")
                + "; allowed is " + option.type().allowed());
    }
}
