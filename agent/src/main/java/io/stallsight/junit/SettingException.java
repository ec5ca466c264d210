package io.stallsight.junit;

import java.io.IOException;

/** A setting, a file or an annotation of the tests that cannot be used; the message is the one line that people see. */
final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String value;

    /** @param value the offending text */
    SettingException(String message, String value) {
        super(message);
        this.value = value;
    }

    static SettingException unreadable(String file, IOException cause) {
        SettingException made = new SettingException(file + " cannot be read: " + cause.getMessage(), file);
        made.initCause(cause);
        return made;
    }

    /** @param setting where the value is: a property, an annotation */
    static SettingException badValue(String setting, String value, String allowed) {
        return new SettingException("bad value for " + setting + ": \"" + value + "\"; allowed is " + allowed, value);
    }

    /** The offending text. */
    String value() {
        return value;
    }
}
