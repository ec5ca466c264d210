package app.netty;

import app.Handlers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP server with one loop. In each round, one request keeps the loop for long, and requests of other connections
 * come meanwhile. The argument names the transport: {@code nio} or {@code epoll}. It prints for each round how long
 * these requests took together, as their clients measured it.
 */
public final class HttpVictims {

    private static final int ROUNDS = 5;
    private static final int GREETED = 45;
    private static final int ORDERED = 18;
    private static final String SLOW = "/slow";

    private HttpVictims() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("nio")) {
            serve(NioIoHandler.newFactory(), NioServerSocketChannel.class);
        } else {
            OnEpoll.serve();
        }
    }

    private static final class OnEpoll {
        static void serve() throws Exception {
            HttpVictims.serve(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        }
    }

    private static void serve(IoHandlerFactory io, Class<? extends ServerChannel> channelType) throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, io);
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(channelType)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1_024), new Handler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i <= GREETED + ORDERED; i++) {
            clients.add(connected(server.localAddress()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            send(clients.get(0), SLOW);
            Thread.sleep(50); // the loop has it
            long lost = 0;
            for (int i = 1; i < clients.size(); i++) {
                send(clients.get(i), i <= GREETED ? "/hello" : "/orders/" + (100 + i));
                lost -= System.nanoTime();
                Thread.sleep(4);
            }
            receive(clients.get(0));
            for (Socket client : clients.subList(1, clients.size())) {
                receive(client);
                lost += System.nanoTime();
            }
            System.out.println("lost " + lost);
            Thread.sleep(100);
        }
        for (Socket client : clients) {
            client.close();
        }
        server.close().sync();
        loops.shutdownGracefully().sync();
    }

    private static Socket connected(SocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server);
        send(socket, "/hello");
        receive(socket);
        return socket;
    }

    private static void send(Socket client, String path) throws IOException {
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer has no body, so it ends with an empty line. */
    private static void receive(Socket client) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + answer);
            }
            answer.append((char) next);
        }
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
            if (request.uri().equals(SLOW)) {
                Thread.sleep(400);
            } else {
                Handlers.compute();
            }
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            context.writeAndFlush(response);
        }
    }
}
