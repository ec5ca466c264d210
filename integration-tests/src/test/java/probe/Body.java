package probe;

/** The code of a primitive that runs on the watched thread. */
@FunctionalInterface
interface Body {
    void run() throws Exception;
}
