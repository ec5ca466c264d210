package app.services;

import app.tagged.Work;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import com.linecorp.armeria.common.CommonPools;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Armeria with two loops: an annotated service and a service at a route. */
public final class Armeria {

    public static void main(String[] args) throws Exception {
        System.setProperty("com.linecorp.armeria.transportType", args[0]);
        System.setProperty("com.linecorp.armeria.numCommonWorkers", "2");
        Server server = Server.builder()
                .http(0)
                .annotatedService(new Armeria())
                .service("/shops/{shop}/items/{item}", (HttpService) (context, request) ->
                        HttpResponse.of(handle(context, context.queryParam("tag")).thenApply(HttpResponse::of)))
                .build();
        server.start().join();
        Work.serve(server.activeLocalPort());
    }

    @Get("/orders/{order}")
    public CompletionStage<String> order(ServiceRequestContext context, @Param("order") String order, @Param("tag") String tag) {
        return handle(context, tag);
    }

    @Post("/customers/{customer}/letters")
    public CompletionStage<String> letter(
            ServiceRequestContext context, @Param("customer") String customer, @Param("tag") String tag, byte[] body) {
        return handle(context, tag);
    }

    private static CompletableFuture<String> handle(ServiceRequestContext context, String tag) {
        String where = Work.begin(tag);
        EventLoop own = context.eventLoop().withoutContext();
        EventLoop other = CommonPools.workerGroup().next();
        CompletableFuture<String> answer = new CompletableFuture<>();
        switch (where) {
            case "here" -> answer.complete(Work.work(tag));
            case "loop" -> context.eventLoop().execute(() -> answer.complete(Work.work(tag)));
            case "otherLoop" -> other.execute(() -> answer.complete(Work.work(tag)));
            case "timer" -> own.schedule(() -> answer.complete(Work.work(tag)), 2, TimeUnit.MILLISECONDS);
            case "afterBlocking" ->
                context.blockingTaskExecutor().execute(() -> own.execute(() -> answer.complete(Work.work(tag))));
            case "async" -> {
                return CompletableFuture.supplyAsync(() -> "", context.blockingTaskExecutor())
                        .thenApplyAsync(any -> Work.work(tag), context.eventLoop());
            }
            default -> throw new IllegalArgumentException(where);
        }
        return answer;
    }
}
