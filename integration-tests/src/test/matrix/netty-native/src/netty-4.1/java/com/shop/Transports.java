package com.shop;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.incubator.channel.uring.IOUring;
import io.netty.incubator.channel.uring.IOUringDatagramChannel;
import io.netty.incubator.channel.uring.IOUringEventLoopGroup;
import io.netty.incubator.channel.uring.IOUringServerSocketChannel;
import io.netty.incubator.channel.uring.IOUringSocketChannel;

/** The transports of Netty 4.1. A kernel without io_uring gets epoll for it. */
final class Transports {

    private Transports() {}

    static EventLoopGroup epoll() {
        return new EpollEventLoopGroup();
    }

    static EventLoopGroup local() {
        return new DefaultEventLoopGroup();
    }

    static EventLoopGroup uring() {
        return IOUring.isAvailable() ? new IOUringEventLoopGroup() : epoll();
    }

    static Class<? extends ServerChannel> uringServer() {
        return IOUring.isAvailable() ? IOUringServerSocketChannel.class : EpollServerSocketChannel.class;
    }

    static Class<? extends SocketChannel> uringClient() {
        return IOUring.isAvailable() ? IOUringSocketChannel.class : EpollSocketChannel.class;
    }

    static Class<? extends DatagramChannel> uringDatagram() {
        return IOUring.isAvailable() ? IOUringDatagramChannel.class : EpollDatagramChannel.class;
    }
}
