/** Decoder graphs on ONNX Runtime; the only package that knows it. */
package parathink.models.onnx;
