package com.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import retrofit2.Retrofit;
import retrofit2.converter.scalars.ScalarsConverterFactory;
import retrofit2.http.GET;

/** The price of each supplier, by one HTTP client for each. */
final class Suppliers implements AutoCloseable {

    /** What Retrofit implements. */
    interface Prices {
        @GET("price")
        CompletableFuture<String> price();
    }

    private final String address;
    private final HttpClient jdk =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CloseableHttpAsyncClient apache = HttpAsyncClients.custom()
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(16)
                    .setMaxConnTotal(16)
                    .build())
            .build();
    private final OkHttpClient okHttp = new OkHttpClient();
    private final AsyncHttpClient asyncHttpClient = Dsl.asyncHttpClient();
    private final Prices retrofit;

    Suppliers(String address) {
        this.address = address;
        this.retrofit = new Retrofit.Builder()
                .baseUrl(address + "/")
                .client(okHttp)
                .addConverterFactory(ScalarsConverterFactory.create())
                .build()
                .create(Prices.class);
        apache.start();
    }

    CompletableFuture<String> jdk() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/price")).build();
        return jdk.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    CompletableFuture<String> apache() {
        return apache(UnaryOperator.identity());
    }

    /** @param use of the price, on the client's thread */
    CompletableFuture<String> apache(UnaryOperator<String> use) {
        CompletableFuture<String> price = new CompletableFuture<>();
        SimpleHttpRequest request =
                SimpleRequestBuilder.get(address + "/price").build();
        apache.execute(request, new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                price.complete(use.apply(response.getBodyText()));
            }

            @Override
            public void failed(Exception failure) {
                price.completeExceptionally(failure);
            }

            @Override
            public void cancelled() {
                price.cancel(false);
            }
        });
        return price;
    }

    CompletableFuture<String> asyncHttpClient() {
        return asyncHttpClient(UnaryOperator.identity());
    }

    /** @param use of the price, on the client's thread */
    CompletableFuture<String> asyncHttpClient(UnaryOperator<String> use) {
        return asyncHttpClient
                .prepareGet(address + "/price")
                .execute(new AsyncCompletionHandler<String>() {
                    @Override
                    public String onCompleted(org.asynchttpclient.Response response) {
                        return use.apply(response.getResponseBody());
                    }
                })
                .toCompletableFuture();
    }

    CompletableFuture<String> okHttp() {
        return okHttp(UnaryOperator.identity());
    }

    /** @param use of the price, on the client's thread */
    CompletableFuture<String> okHttp(UnaryOperator<String> use) {
        CompletableFuture<String> price = new CompletableFuture<>();
        okHttp.newCall(new Request.Builder().url(address + "/price").build()).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) throws IOException {
                price.complete(use.apply(response.body().string()));
            }

            @Override
            public void onFailure(Call call, IOException failure) {
                price.completeExceptionally(failure);
            }
        });
        return price;
    }

    CompletableFuture<String> retrofit() {
        return retrofit.price();
    }

    /** Waits for the answer. */
    String blockingOkHttp() {
        Request request = new Request.Builder().url(address + "/price").build();
        try (Response response = okHttp.newCall(request).execute()) {
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        apache.close(CloseMode.GRACEFUL);
        okHttp.dispatcher().executorService().shutdown();
        okHttp.connectionPool().evictAll();
        try {
            asyncHttpClient.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
