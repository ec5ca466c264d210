package io.stallsight.engine.detect;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes outbound requests, on the threads that begin and answer them. It must be quick and must not block. */
public interface ExchangeListener {

    /** A client has begun a request, which is over when {@code answer} completes. */
    void sent(Object exchange, CompletableFuture<?> answer);

    /** A client begins a request. */
    void began(Object exchange);

    /**
     * A request is over. It may be over already, or never have been counted.
     *
     * @param outcome what the client has of it; null if nothing is known
     */
    void ended(Object exchange, @Nullable Object outcome);
}
