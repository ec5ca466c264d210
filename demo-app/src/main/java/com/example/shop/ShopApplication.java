package com.example.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the shop. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShopApplication {
    public static void main(String[] args) {
        if (Boolean.getBoolean("shop.stop-with-parent")) {
            stopWithParent();
        }
        SpringApplication.run(ShopApplication.class, args);
    }

    /** A drill that is killed cannot stop the service, which would then keep its port and its memory. */
    private static void stopWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(
                    () -> {
                        parent.onExit().join();
                        System.exit(0);
                    },
                    "stop-with-parent");
            watch.setDaemon(true);
            watch.start();
        });
    }
}
