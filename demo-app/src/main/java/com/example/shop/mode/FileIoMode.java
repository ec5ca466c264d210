package com.example.shop.mode;

import com.example.shop.offload.Offload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The size of the invoice archive, found by reading it: 8 MB take milliseconds even out of the page cache. */
@RestController
@RequestMapping("/modes/file-io")
class FileIoMode implements DisposableBean {
    private static final int ARCHIVE_BYTES = 8 << 20;

    private final Path archive;
    private final Offload offload;

    FileIoMode(Offload offload) throws IOException {
        this.archive = Files.write(Files.createTempFile("invoices", ".zip"), new byte[ARCHIVE_BYTES]);
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<Integer> wrong() throws IOException {
        byte[] invoices = Files.readAllBytes(archive); // blocks here: file-io
        return Mono.just(invoices.length);
    }

    /**
     * Off the loop, and a block at a time: with 8 MB for each request, the garbage collector would be the next problem.
     */
    @GetMapping("/right")
    Mono<Long> right() {
        return Mono.fromCallable(() -> Files.copy(archive, OutputStream.nullOutputStream()))
                .subscribeOn(offload.blocking());
    }

    @Override
    public void destroy() throws IOException {
        Files.deleteIfExists(archive);
    }
}
