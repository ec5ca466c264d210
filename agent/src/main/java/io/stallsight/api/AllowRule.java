package io.stallsight.api;

import io.stallsight.frame.FramePattern;

/**
 * A part of the code below which blocking is accepted: a class with its nested classes ({@code com.shop.Orders}), a
 * method with its lambdas ({@code com.shop.Orders#find}), a package with its subpackages ({@code com.shop.**}), or
 * {@code **} for all. The same text covers the same frames in the agent's option {@code allow}.
 *
 * @param text in one of these forms
 */
public record AllowRule(String text) {

    /** @throws IllegalArgumentException with one line that has the text and the valid forms */
    public AllowRule {
        text = FramePattern.parse(text).text();
    }

    /** @throws IllegalArgumentException with one line that has the text and the valid forms */
    public static AllowRule parse(String text) {
        return new AllowRule(text);
    }

    /** Whether the frame is in that part of the code; a lambda belongs to the method that it is written in. */
    public boolean matches(StackTraceElement frame) {
        return FramePattern.parse(text).covers(frame);
    }

    /**
     * Whether a frame of the finding's stack matches. {@code **} allows every finding; no other rule allows a finding
     * without a stack.
     */
    public boolean allows(Finding finding) {
        FramePattern pattern = FramePattern.parse(text);
        return text.equals("**") || finding.stack().stream().anyMatch(pattern::covers);
    }
}
