#if COMPANIONS
using Dsl;
using Dsl.Runtime;
using Microsoft.ML;
using Parquet;
using Parquet.Schema;

/// <summary>A table of the stranger's, read with the packages beside Dsl.</summary>
static class Companions
{
    public static async Task<int> Read()
    {
        float[] widths = [0.1f, 0.2f, 0.3f];
        using var file = new MemoryStream();
        var column = new DataField<float>("width");
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(column), file))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<float>(column, widths);
        }

        var parquet = Leaf.ReadParquet(file);
        var view = Leaf.FromDataView(new MLContext().Data.LoadFromEnumerable(widths.Select(width => new Row { Width = width })));
        string vocabulary = Path.GetTempFileName();
        File.WriteAllLines(vocabulary, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "leaf"]);
        using var tokens = TextTokenizer.FromWordPiece(vocabulary).Encode(["leaf"], length: 4, TokenFrame.Bert);
        File.Delete(vocabulary);
        string onnx = Path.GetTempFileName();
        using (var net = new LeafNet()) net.ExportOnnx(onnx);
        long bytes = new FileInfo(onnx).Length;
        File.Delete(onnx);
        Console.WriteLine(
            $"{parquet.Count} rows of Parquet, {view.Count} of a data view, {tokens.size(1)} tokens, {bytes} bytes of ONNX");
        return parquet.Rows.SequenceEqual(view.Rows) && view.Count == 3 && tokens.size(1) == 4 && bytes > 100 ? 0 : 1;
    }

    private sealed class Row
    {
        public float Width { get; set; }
    }
}

[Table]
public partial record Leaf(float Width);

[Model(4), Linear(8), ReLU, Linear(2)]
public partial class LeafNet;
#endif
