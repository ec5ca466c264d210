package io.stallsight.engine.picture;

/**
 * The part of a picture that a reader wants.
 *
 * @param range milliseconds before now; {@link #ALL} for all that is known
 * @param since only what changed from then on, milliseconds since 1970; 0 for everything
 */
public record PictureQuery(long range, long since) {

    public static final long ALL = Long.MAX_VALUE;

    public static PictureQuery all() {
        return new PictureQuery(ALL, 0);
    }

    public static PictureQuery last(long millis) {
        return new PictureQuery(millis, 0);
    }
}
