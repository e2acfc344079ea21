namespace Dsl.Runtime;

/// <summary>A right factor that is laid out, for as long as the <see cref="RepeatedFactor"/> is that it is of.</summary>
/// <param name="Matrix">The factor.</param>
/// <param name="Panels">Its panels.</param>
internal readonly unsafe record struct LaidFactor(StridedMatrix Matrix, nint Panels)
{
    /// <summary>output ← output + a · factor, on this thread, for matrices of sizes that fit.</summary>
    public void AddProduct(in StridedMatrix output, in StridedMatrix a) =>
        StridedProduct.AddLaidHere(a, Matrix, (float*)Panels, output);
}
