package com.example.shop.mode;

import com.example.shop.image.Thumbnailer;
import com.example.shop.offload.Offload;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The thumbnail of an item. It waits for nothing, but while it computes, its loop serves no other request. */
@RestController
@RequestMapping(path = "/modes/cpu-thumbnail", produces = MediaType.IMAGE_PNG_VALUE)
class CpuThumbnailMode {
    private final Thumbnailer thumbnailer;
    private final Offload offload;

    CpuThumbnailMode(Thumbnailer thumbnailer, Offload offload) {
        this.thumbnailer = thumbnailer;
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<byte[]> wrong() {
        return Mono.just(thumbnailer.thumbnail());
    }

    @GetMapping("/right")
    Mono<byte[]> right() {
        return Mono.fromCallable(thumbnailer::thumbnail).subscribeOn(offload.cpu());
    }
}
