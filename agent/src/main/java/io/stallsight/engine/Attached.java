package io.stallsight.engine;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What the entry point holds, which knows types of the JDK only: running it takes the agent out, and it accepts
 * requests of the command line, {@code <id> <request>}, whose answer is left under that id. From the first request on,
 * a socket takes further ones.
 */
final class Attached implements Runnable, Consumer<String> {

    private final Attachment attachment;
    private final AgentStatus status;
    private final RequestSocket socket = new RequestSocket(this::answer);

    Attached(Attachment attachment, AgentStatus status) {
        this.attachment = attachment;
        this.status = status;
    }

    @Override
    public void run() {
        try {
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.requests("");
        attachment.stop();
        status.set("detached");
    }

    @Override
    public void accept(String request) {
        int space = request.indexOf(' ');
        String id = request.substring(0, space);
        status.answer(id, answer(request.substring(space + 1)));
        Path path = socket.open();
        if (path != null) {
            status.requests(path.toString());
        }
    }

    private String answer(String request) {
        try {
            return "ok " + attachment.answer(request);
        } catch (IllegalArgumentException e) {
            return "no " + e.getMessage();
        }
    }
}
