package app;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** An HTTP client for the main thread of a program. */
public final class Get {

    private Get() {}

    /**
     * The same steps for every HTTP service: three requests that block, three clean ones, three offloaded ones, and
     * idle time between them.
     */
    public static void drill(int port) throws Exception {
        Handlers.idle();
        for (String path : new String[] {"/clean", "/block", "/offload", "/clean"}) {
            for (int i = 0; i < 3; i++) {
                text(port, path);
            }
        }
        Handlers.idle();
    }

    /**
     * Each request has its own connection. A server of reactor-netty 1.2.18 stops reading a kept-alive connection if
     * the next request arrives while the last one still ends (<a
     * href="https://github.com/reactor/reactor-netty/issues/4361">reactor-netty 4361</a>).
     */
    public static String text(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
