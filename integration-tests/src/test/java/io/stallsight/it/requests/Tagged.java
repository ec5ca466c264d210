package io.stallsight.it.requests;

/**
 * A request that can be recognised: the service gets its number.
 *
 * @param method of HTTP
 * @param route its template, as the service declares it
 * @param path with values in place of variables
 * @param way how the service blocks while it serves the request; empty if it does not
 * @param where it does so: {@code here}, in the handler, or a place of the service where the handler hands work to
 * @param millis how long it blocks
 */
record Tagged(int number, String method, String route, String path, String way, String where, int millis) {

    /** What the service gets. */
    String tag() {
        return number + "-" + way + "-" + where + "-" + millis;
    }

    boolean blocks() {
        return !way.isEmpty();
    }

    /** As the agent should name it. */
    String name() {
        return method.isEmpty() ? route : method + " " + route;
    }
}
