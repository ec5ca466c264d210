package com.shop;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A gRPC service whose messages are texts. */
final class Shop implements BindableService {

    static final MethodDescriptor<String, String> HELLO = method("Hello");
    static final MethodDescriptor<String, String> FAULT = method("Fault");

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("com.shop.Shop")
                .addMethod(HELLO, ServerCalls.asyncUnaryCall(Shop::hello))
                .addMethod(FAULT, ServerCalls.asyncUnaryCall(Shop::fault))
                .build();
    }

    private static void hello(String name, StreamObserver<String> answer) {
        answer.onNext("hello " + name);
        answer.onCompleted();
    }

    private static void fault(String kind, StreamObserver<String> answer) {
        answer.onNext(Faults.run(kind));
        answer.onCompleted();
    }

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("com.shop.Shop", name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** A text as UTF-8. */
    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
