package io.stallsight.engine.catalog;

/** A catalog file cannot be read; the message names the file and the mistake. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogException(String message) {
        super(message);
    }
}
