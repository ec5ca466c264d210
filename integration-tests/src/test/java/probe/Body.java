package probe;

/** What runs on the watched thread. */
@FunctionalInterface
interface Body {
    void run() throws Exception;
}
