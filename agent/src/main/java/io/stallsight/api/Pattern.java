package io.stallsight.api;

/** A name in which {@code *} stands for any characters and {@code ?} for one. */
record Pattern(String text) {

    boolean matches(String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : java.util.regex.Pattern.quote(String.valueOf(c)));
        }
        return java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
                .matcher(name)
                .matches();
    }
}
