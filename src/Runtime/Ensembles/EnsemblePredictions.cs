namespace Dsl.Runtime;

/// <summary>
/// What an ensemble of models for a table or images predicts: each member for itself, with its own statistics, in evaluation mode
/// and without gradients; then the mean of their probabilities or numbers by the ensemble's weights, or their votes. Several
/// threads may call it at once.
/// </summary>
public static class EnsemblePredictions
{
    // Pixels of so many images are kept at a time.
    private const int Images = 64;

    /// <summary>The prediction for a row, whose label is not read.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="InvalidOperationException">A member was neither trained on rows nor loaded.</exception>
    public static TPrediction Predict<TRow, TPrediction>(this IEnsemble<ITableModel<TRow, TPrediction>> ensemble, TRow row)
        where TRow : ITableRow<TRow> => ensemble.Predict([row])[0];

    /// <summary>The prediction for each row, in their order.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="rows">The rows; labels are not read.</param>
    /// <exception cref="InvalidOperationException">A member was neither trained on rows nor loaded.</exception>
    public static TPrediction[] Predict<TRow, TPrediction>(
        this IEnsemble<ITableModel<TRow, TPrediction>> ensemble, IEnumerable<TRow> rows)
        where TRow : ITableRow<TRow>
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(rows);
        TRow[] all = [.. rows];
        var each = ensemble.Members.Select(member => member.Predict(all)).ToList();
        var combination = new CombinedPrediction(ensemble.Weights, ensemble.Vote);
        return
        [
            .. Enumerable.Range(0, all.Length).Select(row =>
                ensemble.Members[0].Combine([.. each.Select(predictions => predictions[row])], combination)),
        ];
    }

    /// <summary>The prediction for an image in a file.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no image, or damaged; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A member was neither trained on images nor loaded.</exception>
    public static ClassPrediction<TClass> Predict<TRow, TClass>(
        this IEnsemble<IImageModel<TRow, TClass>> ensemble, string path)
        where TRow : IImageRow<TRow>
        where TClass : notnull => ensemble.Predict([path])[0];

    /// <summary>The prediction for each file, in their order. An image is read once for all members.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="InvalidDataException">A file is no image, or damaged; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A member was neither trained on images nor loaded.</exception>
    public static ClassPrediction<TClass>[] Predict<TRow, TClass>(
        this IEnsemble<IImageModel<TRow, TClass>> ensemble, IEnumerable<string> paths)
        where TRow : IImageRow<TRow>
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        return OfImages(ensemble, files.Length, index => ImageDecoder.Read(files[index], TRow.Schema));
    }

    /// <summary>The prediction for each image, in their order; labels are not read.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="images">The images.</param>
    /// <exception cref="InvalidDataException">A file is no image, or damaged; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A member was neither trained on images nor loaded.</exception>
    public static ClassPrediction<TClass>[] Predict<TRow, TClass>(
        this IEnsemble<IImageModel<TRow, TClass>> ensemble, ImageData<TRow> images)
        where TRow : IImageRow<TRow>
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(images);
        return OfImages(ensemble, images.Count, images.Pixels);
    }

    /// <summary>The prediction for the bytes of a PNG or JPEG.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="image">The bytes.</param>
    /// <exception cref="InvalidDataException">They are no image, or damaged.</exception>
    /// <exception cref="InvalidOperationException">A member was neither trained on images nor loaded.</exception>
    public static ClassPrediction<TClass> Predict<TRow, TClass>(
        this IEnsemble<IImageModel<TRow, TClass>> ensemble, byte[] image)
        where TRow : IImageRow<TRow>
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(image);
        return OfImages(ensemble, 1, _ => ImageDecoder.Decode(image, "The array", TRow.Schema))[0];
    }

    /// <summary>The prediction for a stream of PNG or JPEG, which is read to its end and stays open.</summary>
    /// <param name="ensemble">The members.</param>
    /// <param name="image">The stream.</param>
    /// <exception cref="InvalidDataException">It is no image, or damaged.</exception>
    /// <exception cref="InvalidOperationException">A member was neither trained on images nor loaded.</exception>
    public static ClassPrediction<TClass> Predict<TRow, TClass>(
        this IEnsemble<IImageModel<TRow, TClass>> ensemble, Stream image)
        where TRow : IImageRow<TRow>
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(image);
        using var content = new MemoryStream();
        image.CopyTo(content);
        byte[] bytes = content.ToArray();
        return OfImages(ensemble, 1, _ => ImageDecoder.Decode(bytes, "The stream", TRow.Schema))[0];
    }

    private static ClassPrediction<TClass>[] OfImages<TRow, TClass>(
        IEnsemble<IImageModel<TRow, TClass>> ensemble, int count, Func<int, byte[]> image)
        where TRow : IImageRow<TRow>
        where TClass : notnull
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        foreach (var member in ensemble.Members) member.Preprocessing.RequireFitted();
        var combination = new CombinedPrediction(ensemble.Weights, ensemble.Vote);
        var combined = new ClassPrediction<TClass>[count];
        for (int first = 0; first < count; first += Images)
        {
            int start = first;
            byte[][] pixels = ParallelDecoding.Run(
                Math.Min(Images, count - first), Environment.ProcessorCount, i => image(start + i));
            var each = ensemble.Members.Select(member => member.PredictPixels(pixels)).ToList();
            for (int i = 0; i < pixels.Length; i++)
                combined[first + i] = combination.Of([.. each.Select(predictions => predictions[i])]);
        }

        return combined;
    }
}
