namespace Dsl;

/// <summary>
/// Detection of objects by a grid of cells (YOLO; Redmon et al. 2016, arXiv 1506.02640, equation 3): squared errors of place,
/// root of size and confidence of the box that is responsible for an object, of the confidences of all others, and of the classes
/// of cells with an object; a sum over each image, a mean over the batch.
/// </summary>
/// <remarks>
/// <para>
/// The model returns [N, 5·B + K, S, S], or [N, S·S·(5·B + K)] with the numbers of a cell together. Of each of B boxes a cell
/// has x and y of the centre in units of the cell, √w and √h in units of the image, and a confidence; then a score for each
/// of K classes. All are compared as they are: no sigmoid and no softmax stands in front.
/// </para>
/// <para>
/// Labels are the objects of each image, [N, M, 5]: a class, and a box x1, y1, x2, y2 in units of the image; the class is -1 in
/// rows that are no object. An object belongs to the cell in which its centre lies; of several the first counts. Responsible is
/// the box of the cell that overlaps the object most; its overlap is what its confidence is to be, and has no gradient.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), Conv2d(16, 3, Stride = 4, Padding = 1), ReLU, Flatten, Linear(4 * 4 * (5 * 2 + 3))]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, Yolo(4), Adam(1e-3)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class YoloAttribute : TermAttribute
{
    /// <summary>A grid of square cells.</summary>
    /// <param name="grid">S, the cells of a side.</param>
    public YoloAttribute(int grid) => Grid = grid;

    /// <summary>S, the cells of a side.</summary>
    [Interval("[1, inf)")]
    public int Grid { get; }

    /// <summary>B, the boxes of a cell.</summary>
    [Interval("[1, inf)")]
    public int Boxes { get; set; } = 2;

    /// <summary>λ_coord: what errors of places and sizes count.</summary>
    [Interval("(0, inf)")]
    public double CoordinateWeight { get; set; } = 5;

    /// <summary>λ_noobj: what errors of confidences count where no object is.</summary>
    [Interval("[0, inf)")]
    public double EmptyWeight { get; set; } = 0.5;
}
