package io.stallsight.engine.catalog;

/**
 * Allows or disallows blocking below certain frames: {@code class#method}, {@code class}, {@code package.**}, or
 * {@code **#<clinit>} (a method of any class).
 *
 * @param frames the frame as written
 * @param allow false for a disallow rule
 * @param direct only if the frame itself calls the blocking API
 * @param waits a call there is a wait for work: the tick of a loop ends before it
 * @param strictOnly keeps strict mode from refusing the call; it is measured and reported all the same in observe mode
 * @param reason why, for people
 * @param source the file or option it comes from
 */
public record FrameRule(
        String frames, boolean allow, boolean direct, boolean waits, boolean strictOnly, String reason, String source) {

    /** The class or package part, without {@code **}. */
    public String owner() {
        int hash = frames.indexOf('#');
        String owner = hash < 0 ? frames : frames.substring(0, hash);
        return owner.endsWith("**") ? owner.substring(0, owner.length() - 2) : owner;
    }

    public boolean isPrefix() {
        int hash = frames.indexOf('#');
        return (hash < 0 ? frames : frames.substring(0, hash)).endsWith("**");
    }

    /** The method, empty for all. */
    public String method() {
        int hash = frames.indexOf('#');
        return hash < 0 ? "" : frames.substring(hash + 1);
    }
}
