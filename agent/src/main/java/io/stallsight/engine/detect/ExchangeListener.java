package io.stallsight.engine.detect;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes outbound requests, on the threads that begin and answer them. It must be quick and must not block. */
public interface ExchangeListener {

    /** A client has begun a request, which is over when {@code answer} completes. */
    void sent(Object exchange, CompletableFuture<?> answer);

    /**
     * A client begins a request.
     *
     * @param sender the client's object that sends it; null if there is none
     */
    void began(Object exchange, @Nullable Object sender);

    /**
     * A request is over. It may be over already, or never have been counted.
     *
     * @param outcome says whether it has failed; null if it has not
     */
    void ended(Object exchange, @Nullable Object outcome);

    /** A request has failed or is cancelled, unless it is over already. */
    void failed(Object exchange);
}
