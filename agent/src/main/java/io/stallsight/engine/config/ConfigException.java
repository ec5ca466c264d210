package io.stallsight.engine.config;

/** A configuration that cannot be used; the message is the one line that the user sees. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    static ConfigException unknownKey(String key, String origin) {
        StringBuilder keys = new StringBuilder();
        for (Option option : Option.values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(option.key());
        }
        return new ConfigException("unknown option " + key + " in " + origin + "; did you mean " + Option.nearest(key)
                + "? Options are: " + keys);
    }

    static ConfigException badValue(Option option, String value, String origin) {
        return new ConfigException("bad value for option " + option.key() + " in " + origin
                + (option.isSecret() ? "" : ": \"" + value + "\"") + "; allowed is " + option.allowed());
    }
}
