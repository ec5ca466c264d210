package com.shop;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeOKWithFutureString;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Routes. */
public final class Service {

    public static void main(String[] args) {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "shop");
        Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bind(routes(system))
                .thenAccept(binding ->
                        System.out.println("PORT " + binding.localAddress().getPort()));
    }

    private static Route routes(ActorSystem<Void> system) {
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        return concat(
                path("hello", () -> complete("hello")),
                pathPrefix("fault", () -> path(PathMatchers.segment(), kind -> complete(Faults.run(kind)))),
                pathPrefix(
                        "offloaded",
                        () -> path(
                                PathMatchers.segment(),
                                kind -> completeOKWithFutureString(
                                        CompletableFuture.supplyAsync(() -> Faults.run(kind), blocking)))));
    }
}
