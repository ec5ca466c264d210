package app.pools;

import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * HTTP servers with small pools, whose handlers wait at a gate.
 *
 * @param port on the loopback address
 * @param pool name of the threads that run its handlers, the last number folded
 * @param handlers the number of handlers that can run at once
 */
record Servers(int port, String pool, int handlers) {

    private static final int WORKERS = 4;

    /** One of Jetty's threads accepts and one selects. */
    private static final int JETTY_THREADS = WORKERS + 2;

    static Servers start(String kind, Gate gate) throws Exception {
        return switch (kind) {
            case "vertx" -> OnVertx.start(gate);
            case "tomcat" -> OnTomcat.start(gate);
            case "jetty" -> OnJetty.start(gate);
            case "undertow" -> OnUndertow.start(gate);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    // each server in its own class, because the libraries of only one may be present

    private static final class OnVertx {
        static Servers start(Gate gate) throws Exception {
            Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS));
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> vertx.executeBlocking(gate::hold, false)
                            .onSuccess(text -> request.response().end(text)))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            return new Servers(server.actualPort(), "vert.x-worker-thread-#", WORKERS);
        }
    }

    private static final class OnTomcat {
        static Servers start(Gate gate) throws Exception {
            Logger.getLogger("").setLevel(Level.OFF);
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(".");
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            connector.setProperty("maxThreads", Integer.toString(WORKERS));
            connector.setProperty("minSpareThreads", "1");
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "hold", new HoldServlet(gate));
            context.addServletMappingDecoded("/", "hold");
            tomcat.start();
            return new Servers(connector.getLocalPort(), "http-nio-127.0.0.1-auto-1-exec-#", WORKERS);
        }
    }

    private static final class HoldServlet extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Gate gate;

        HoldServlet(Gate gate) {
            this.gate = gate;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(gate.hold());
        }
    }

    private static final class OnJetty {
        static Servers start(Gate gate) throws Exception {
            QueuedThreadPool pool = new QueuedThreadPool(JETTY_THREADS, JETTY_THREADS);
            pool.setReservedThreads(0); // the start of one would be a job in the queue
            Server server = new Server(pool);
            ServerConnector connector = new ServerConnector(server, 1, 1);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                    response.write(true, ByteBuffer.wrap(gate.hold().getBytes(StandardCharsets.US_ASCII)), callback);
                    return true;
                }
            });
            server.start();
            return new Servers(connector.getLocalPort(), "qtp#-#", WORKERS); // Jetty appends a hash code to qtp
        }
    }

    private static final class OnUndertow {
        static Servers start(Gate gate) {
            Undertow server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setIoThreads(1)
                    .setWorkerThreads(WORKERS)
                    .setHandler(new BlockingHandler(
                            exchange -> exchange.getResponseSender().send(gate.hold())))
                    .build();
            server.start();
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            return new Servers(port, "XNIO-1 task-#", WORKERS);
        }
    }
}
