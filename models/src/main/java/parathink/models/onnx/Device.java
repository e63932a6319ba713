package parathink.models.onnx;

/** Where a graph runs and its caches lie. Everything that differs between devices hangs on these constants. */
public enum Device {
    CPU("Cpu");

    /** ONNX Runtime's name of the device's memory. */
    final String memory;

    Device(String memory) {
        this.memory = memory;
    }
}
