namespace Dsl.Runtime;

/// <summary>
/// The changes of basis of a tile of the output, of 16 tiles or channels at once (Lavin and Gray 2016). With d the places that a
/// tile reads, g a kernel of 3 x 3 and y the tile: y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A.
/// </summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>Places of a tile's side: it reads two more, and has as many points as that square.</summary>
    static abstract int Side { get; }

    /// <summary>Bᵀ d B.</summary>
    /// <param name="from">The first of the places, of 16 tiles or channels side by side.</param>
    /// <param name="offsets">Where each place stands from there, row by row.</param>
    /// <param name="to">The first of the points.</param>
    /// <param name="stride">Elements from a point to the next.</param>
    static abstract void Input(float* from, long* offsets, float* to, long stride);

    /// <summary>Aᵀ m A, of 16 tiles: as many rows of their places as a tile has.</summary>
    /// <param name="from">The first of the points, of 16 tiles side by side.</param>
    /// <param name="stride">Elements from a point to the next.</param>
    /// <param name="bias">What is added.</param>
    /// <param name="to">The upper row of places, tile behind tile.</param>
    /// <param name="row">Elements to the row below.</param>
    static abstract void Output(float* from, long stride, float bias, float* to, long row);

    /// <summary>A g Aᵀ of the gradient of a tile of the output.</summary>
    /// <param name="from">The upper left place, of 16 channels side by side.</param>
    /// <param name="column">Elements to the place beside it.</param>
    /// <param name="row">Elements to the place below.</param>
    /// <param name="to">The first of the points.</param>
    /// <param name="stride">Elements from a point to the next.</param>
    static abstract void OutputGradient(float* from, long column, long row, float* to, long stride);

    /// <summary>G g Gᵀ of a kernel.</summary>
    /// <param name="from">Its first element, of 16 channels side by side.</param>
    /// <param name="step">Elements to the next of its elements.</param>
    /// <param name="to">The first of the points.</param>
    /// <param name="stride">Elements from a point to the next.</param>
    static abstract void Kernel(float* from, long step, float* to, long stride);

    /// <summary>Gᵀ m G, the gradient of a kernel.</summary>
    /// <param name="from">The first of the points, of 16 channels side by side.</param>
    /// <param name="stride">Elements from a point to the next.</param>
    /// <param name="to">The nine elements, of 16 channels each.</param>
    static abstract void KernelGradient(float* from, long stride, float* to);
}
