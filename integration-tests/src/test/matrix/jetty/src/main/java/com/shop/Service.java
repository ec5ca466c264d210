package com.shop;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A handler that may block. */
public final class Service extends Handler.Abstract {

    public static void main(String[] args) throws Exception {
        Server server = new Server(0);
        server.setHandler(new Service());
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("PORT " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        String text = path.equals("/hello") ? "hello" : Faults.run(path.substring(path.lastIndexOf('/') + 1));
        Content.Sink.write(response, true, text, callback);
        return true;
    }
}
