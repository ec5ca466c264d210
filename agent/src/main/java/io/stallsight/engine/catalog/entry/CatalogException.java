package io.stallsight.engine.catalog.entry;

/** A catalog file cannot be read; the message names the file and the mistake. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CatalogException(String message) {
        super(message);
    }
}
