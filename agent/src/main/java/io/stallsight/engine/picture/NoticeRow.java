package io.stallsight.engine.picture;

import java.util.List;

/**
 * Something that happened once: a fan-out, a pinned carrier, a self-deadlock.
 *
 * @param time milliseconds since 1970
 * @param thread empty if none is known
 * @param site the application's frame, empty if there is none
 * @param text one line for people
 */
public record NoticeRow(Type type, long time, String thread, String site, String text, String fix, List<String> stack) {

    /** What has happened. */
    public enum Type {
        FAN_OUT("fan-out"),
        PINNED("pinned"),
        SELF_DEADLOCK("self-deadlock");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As it is written in JSON. */
        public String word() {
            return word;
        }
    }
}
