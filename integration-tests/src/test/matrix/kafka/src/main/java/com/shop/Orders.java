package com.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/** Each order goes to one topic by the plain producer, and from there to another by Reactor Kafka. */
final class Orders implements AutoCloseable {

    private static final String ORDERS = "orders";
    private static final String SHIPMENTS = "shipments";

    private final Map<String, MonoSink<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final KafkaSender<String, String> sender;
    private final Disposable shipping;
    private final Thread polling = new Thread(this::poll, "orders");

    Orders(int port) throws Exception {
        Map<String, Object> broker = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        try (Admin admin = Admin.create(broker)) {
            admin.createTopics(List.of(new NewTopic(ORDERS, 2, (short) 1), new NewTopic(SHIPMENTS, 2, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, Object> reading = Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "group.id", "shop",
                "auto.offset.reset", "earliest");
        producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer());
        producer.partitionsFor(ORDERS); // waits here, and no send() on a loop has to
        consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(SHIPMENTS));
        polling.start();
        sender = KafkaSender.create(SenderOptions.<String, String>create(broker)
                .withKeySerializer(new StringSerializer())
                .withValueSerializer(new StringSerializer()));
        shipping = sender.send(KafkaReceiver.create(ReceiverOptions.<String, String>create(reading)
                                .consumerProperty("group.id", "shipping")
                                .withKeyDeserializer(new StringDeserializer())
                                .withValueDeserializer(new StringDeserializer())
                                .subscription(List.of(ORDERS)))
                        .receive()
                        .doOnNext(order -> order.receiverOffset().acknowledge())
                        .map(order -> SenderRecord.create(SHIPMENTS, null, null, order.key(), order.value(), null)))
                .subscribe();
        send("first").block(Duration.ofSeconds(30));
    }

    /** Completes when the order has come back. */
    Mono<String> send(String fruit) {
        String key = "order-" + number.getAndIncrement();
        return Mono.create(sink -> {
            waiting.put(key, sink);
            producer.send(new ProducerRecord<>(ORDERS, key, fruit), (metadata, failure) -> {
                if (failure != null) {
                    sink.error(failure);
                }
            });
        });
    }

    private void poll() {
        try {
            while (true) {
                for (ConsumerRecord<String, String> shipment : consumer.poll(Duration.ofMillis(500))) {
                    MonoSink<String> sink = waiting.remove(shipment.key());
                    if (sink != null) {
                        sink.success(shipment.value());
                    }
                }
            }
        } catch (WakeupException end) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        shipping.dispose();
        sender.close();
        producer.close();
        consumer.wakeup();
    }
}
