package com.shop;

import static org.apache.pekko.http.javadsl.server.Directives.completeOKWithFutureString;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.io.IOException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Routes whose answers are streams. */
public final class Service {

    private Service() {}

    public static void main(String[] args) throws IOException {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "shop");
        Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bind(routes(new Shop(system)))
                .thenAccept(binding ->
                        System.out.println("PORT " + binding.localAddress().getPort()));
    }

    private static Route routes(Shop shop) {
        return concat(
                path("hello", () -> completeOKWithFutureString(shop.hello())),
                pathPrefix(
                        "fault",
                        () -> path(PathMatchers.segment(), kind -> completeOKWithFutureString(shop.fault(kind)))),
                pathPrefix(
                        "offloaded",
                        () -> path(PathMatchers.segment(), kind -> completeOKWithFutureString(shop.offloaded(kind)))));
    }
}
