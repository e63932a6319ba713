package parathink.models.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import parathink.models.ModelException;

/**
 * Where an OpenAI-compatible server is and which of its models is meant, as in {@code http://localhost:8000/v1#name}. It
 * never holds a secret: an address with a user name, a password or a query is refused without being repeated. Immutable.
 *
 * @param base address that the paths of the interface are appended to, without a slash at its end
 * @param model as the server calls it
 */
public record EndpointAddress(URI base, String model) {
    private static final String RIGHT = "an address is like http://localhost:8000/v1#model-name";

    /** Whether a model is named by the address of a server. */
    public static boolean isOne(String model) {
        var small = model.toLowerCase(Locale.ROOT);
        return small.startsWith("http://") || small.startsWith("https://");
    }

    /**
     * Reads an address.
     *
     * @throws ModelException when it is none, or carries a secret
     */
    public static EndpointAddress parse(String text) {
        int mark = text.indexOf('#');
        var place = mark < 0 ? text : text.substring(0, mark);
        if (place.indexOf('@') >= 0 || place.indexOf('?') >= 0) {
            throw wrong(
                    "--model: an address must not carry a user, a password or a query, since it is written into run.json;"
                            + " a key is read from PARATHINK_API_KEY or OPENAI_API_KEY");
        }
        if (mark < 0 || mark == text.length() - 1) {
            throw wrong("--model %s: which model of the server? %s".formatted(text, RIGHT));
        }
        try {
            var base = new URI(place.replaceAll("/+$", ""));
            if (base.getHost() == null || base.getHost().isEmpty()) {
                throw wrong("--model %s: has no host; %s".formatted(text, RIGHT));
            }
            return new EndpointAddress(base, text.substring(mark + 1));
        } catch (URISyntaxException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "--model %s: is no address; %s".formatted(text, RIGHT), e);
        }
    }

    private static ModelException wrong(String message) {
        return new ModelException(ModelException.Kind.UNUSABLE, message);
    }

    /** Whether the other one is on the same server: scheme, host and port. */
    public boolean sharesOrigin(EndpointAddress other) {
        return base.getScheme().equalsIgnoreCase(other.base.getScheme())
                && base.getHost().equalsIgnoreCase(other.base.getHost())
                && port() == other.port();
    }

    private int port() {
        return base.getPort() >= 0 ? base.getPort() : base.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** The address of a part of the interface, such as {@code chat/completions}. */
    URI part(String path) {
        return URI.create(base + "/" + path);
    }

    @Override
    public String toString() {
        return base + "#" + model;
    }
}
