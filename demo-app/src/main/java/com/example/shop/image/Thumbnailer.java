package com.example.shop.image;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/** Scales the photograph of an item: some 100 ms of pure CPU, no waiting. */
@Component
public class Thumbnailer {
    private static final int PHOTO_WIDTH = 2800;
    private static final int PHOTO_HEIGHT = 2100;
    private static final int THUMBNAIL_WIDTH = 160;
    private static final int THUMBNAIL_HEIGHT = 120;

    private final byte[] photo;

    Thumbnailer() throws IOException {
        // ImageIO otherwise spools through a temporary file: CPU work would turn into file I/O.
        ImageIO.setUseCache(false);
        this.photo = encode(paint(), "jpg");
    }

    /** The photograph as a PNG of 160 x 120. */
    public byte[] thumbnail() {
        try {
            BufferedImage source = ImageIO.read(new ByteArrayInputStream(photo));
            BufferedImage target = new BufferedImage(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = target.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(source, 0, 0, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, null);
            graphics.dispose();
            return encode(target, "png");
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    private static BufferedImage paint() {
        BufferedImage image = new BufferedImage(PHOTO_WIDTH, PHOTO_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, PHOTO_WIDTH, PHOTO_HEIGHT, Color.BLUE));
        graphics.fillRect(0, 0, PHOTO_WIDTH, PHOTO_HEIGHT);
        graphics.dispose();
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }
}
