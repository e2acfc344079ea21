namespace Dsl;

/// <summary>Mish, x·tanh(ln(1 + eˣ)), element by element; the shape stays (Misra 2019, arXiv 1908.08681, equation 1).</summary>
public sealed class MishAttribute : LayerAttribute;
