package com.shop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** The transports of Netty 4.2. A kernel without io_uring gets epoll for it. */
final class Transports {

    private Transports() {}

    static EventLoopGroup epoll() {
        return new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
    }

    static EventLoopGroup local() {
        return new MultiThreadIoEventLoopGroup(LocalIoHandler.newFactory());
    }

    static EventLoopGroup uring() {
        return IoUring.isAvailable() ? new MultiThreadIoEventLoopGroup(IoUringIoHandler.newFactory()) : epoll();
    }

    static Class<? extends ServerChannel> uringServer() {
        return IoUring.isAvailable() ? IoUringServerSocketChannel.class : EpollServerSocketChannel.class;
    }

    static Class<? extends SocketChannel> uringClient() {
        return IoUring.isAvailable() ? IoUringSocketChannel.class : EpollSocketChannel.class;
    }

    static Class<? extends DatagramChannel> uringDatagram() {
        return IoUring.isAvailable() ? IoUringDatagramChannel.class : EpollDatagramChannel.class;
    }
}
