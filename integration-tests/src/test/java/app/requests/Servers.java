package app.requests;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;

/**
 * Servers with {@code POST /reports/{id}}, which keeps a connection, and {@code GET /orders/{id}} and {@code GET
 * /customers/{id}}, which read with one.
 *
 * @param executor on whose threads the handlers run
 */
record Servers(String name, int port, Executor executor, Orders orders) {

    private static final int WORKERS = 8;

    /** Spring MVC on Tomcat: it has as many threads as the test has requests of the first kinds. */
    static Servers tomcat(int threads) throws Exception {
        Logger.getLogger("org.apache").setLevel(Level.OFF);
        Logger.getLogger("org.springframework").setLevel(Level.OFF);
        Orders orders = new Orders("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(threads));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();
        application.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("orders", orders));
        application.register(Controller.class);
        Tomcat.addServlet(context, "shop", new DispatcherServlet(application)).setLoadOnStartup(1);
        context.addServletMappingDecoded("/", "shop");
        tomcat.start();
        return new Servers(
                "tomcat",
                connector.getLocalPort(),
                connector.getProtocolHandler().getExecutor(),
                orders);
    }

    @RestController
    @EnableWebMvc
    static class Controller {

        private final Orders orders;

        Controller(Orders orders) {
            this.orders = orders;
        }

        @PostMapping("/reports/{report}")
        String report(@PathVariable("report") String report) {
            return orders.report();
        }

        @GetMapping("/orders/{order}")
        String order(@PathVariable("order") String order) {
            return orders.read();
        }

        /** A functional route, within another one. */
        @Bean
        RouterFunction<ServerResponse> customers() {
            return RouterFunctions.route()
                    .path(
                            "/customers",
                            routes -> routes.GET(
                                    "/{customer}",
                                    request -> ServerResponse.ok().body(orders.read())))
                    .build();
        }
    }

    static Servers jetty() throws Exception {
        Orders orders = new Orders("jetty");
        QueuedThreadPool threads = new QueuedThreadPool(WORKERS + 4);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                byte[] text = orders.serve(request.getMethod()).getBytes(StandardCharsets.US_ASCII);
                response.write(true, ByteBuffer.wrap(text), callback);
                return true;
            }
        });
        server.start();
        return new Servers("jetty", connector.getLocalPort(), threads, orders);
    }

    static Servers jdk() throws Exception {
        return jdk("jdk", Executors.newFixedThreadPool(WORKERS));
    }

    /** Each request on a virtual thread, from JDK 21 on. */
    static Servers virtual() throws Exception {
        return jdk("virtual", (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    /** Reactor Netty, whose handlers hand their work on to threads that may block. */
    static Servers netty() {
        Orders orders = new Orders("netty");
        DisposableServer server = reactor.netty.http.server.HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.sendString(
                        Mono.fromCallable(() -> orders.serve(request.method().name()))
                                .subscribeOn(Schedulers.boundedElastic())))
                .bindNow();
        return new Servers("netty", server.port(), Schedulers.boundedElastic()::schedule, orders);
    }

    private static Servers jdk(String name, ExecutorService executor) throws Exception {
        Orders orders = new Orders(name);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            byte[] text = orders.serve(exchange.getRequestMethod()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        return new Servers(name, server.getAddress().getPort(), executor, orders);
    }
}
