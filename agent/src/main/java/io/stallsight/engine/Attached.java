package io.stallsight.engine;

import java.util.function.Consumer;

/**
 * What the entry point holds, which knows types of the JDK only: running it takes the agent out, and it accepts
 * requests of the command line, {@code <id> <request>}, whose answer is left under that id.
 */
final class Attached implements Runnable, Consumer<String> {

    private final Attachment attachment;
    private final AgentStatus status;

    Attached(Attachment attachment, AgentStatus status) {
        this.attachment = attachment;
        this.status = status;
    }

    @Override
    public void run() {
        attachment.stop();
        status.set("detached");
    }

    @Override
    public void accept(String request) {
        int space = request.indexOf(' ');
        String id = request.substring(0, space);
        try {
            status.answer(id, "ok " + attachment.answer(request.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            status.answer(id, "no " + e.getMessage());
        }
    }
}
