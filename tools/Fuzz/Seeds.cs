using System.IO.Compression;
using System.Text;
using Dsl.Runtime;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Fuzz;

/// <summary>Small files that are right, for fuzzers to begin with.</summary>
internal static class Seeds
{
    /// <summary>An IDX file of the labels 0, 1.</summary>
    public static byte[] Labels { get; } = [0, 0, 8, 1, 0, 0, 0, 2, 0, 1];

    /// <summary>Writes them: a folder for each target.</summary>
    public static void Write(string folder)
    {
        void Add(string target, string name, byte[] content)
        {
            Directory.CreateDirectory(Path.Combine(folder, target));
            File.WriteAllBytes(Path.Combine(folder, target, name), content);
        }

        byte[] Written(Action<string> write)
        {
            string path = Path.Combine(folder, "written");
            write(path);
            byte[] content = File.ReadAllBytes(path);
            File.Delete(path);
            return content;
        }

        Directory.CreateDirectory(folder);
        using var generator = new Generator(1);
        var tensors = new Dictionary<string, Tensor>
        {
            ["a.weight"] = randn([2, 3], generator: generator), ["b"] = tensor(new long[] { 1, 2 }),
            ["c"] = zeros([], ScalarType.Bool), ["d"] = zeros([0, 2], ScalarType.Float16),
        };
        Add("safetensors", "plain", Written(path => Safetensors.Write(path, tensors)));
        Add("safetensors", "text", Written(path =>
            Safetensors.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt", ["é"] = "\"\\u0000" })));
        using var trainer = new NetTrainer(new Net(generator));
        byte[] checkpoint = Written(trainer.Save);
        Add("checkpoint", "checked", checkpoint);
        Add("checkpoint", "unchecked", Written(path =>
        {
            string saved = path + ".saved";
            File.WriteAllBytes(saved, checkpoint);
            using (var file = Safetensors.Read(saved))
            {
                var metadata = file.Metadata.Where(entry => entry.Key != "dsl.sha256").ToDictionary();
                Safetensors.Write(path, file.ToDictionary(), metadata);
            }

            File.Delete(saved);
        }));
        using var picture = new PictureNet(generator);
        Add("model", "model", Written(path => picture.Save(path)));
        Add("idx", "three", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
        Add("idx", "four", [0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]);
        const string rows = "Size,Count,Weight,Color,Kind,Species\n1.5,2,,Red,x,a\n-2e3,7,0.5,1,\"y\",b\n";
        byte[] csv = Encoding.UTF8.GetBytes(rows);
        Add("csv", "rows", csv);
        Add("csv", "semicolons", Encoding.UTF8.GetBytes("\uFEFF" + rows.Replace(',', ';')));
        using (var zipped = new MemoryStream())
        {
            using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(csv);
            Add("csv", "gzip", zipped.ToArray());
        }

        foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg })
        {
            foreach (var type in new[] { SKColorType.Gray8, SKColorType.Rgba8888 })
            {
                using var bitmap = new SKBitmap(9, 7, type, SKAlphaType.Unpremul);
                bitmap.Erase(new SKColor(10, 200, 30, 100));
                using var encoded = bitmap.Encode(format, 50);
                Add("image", $"{type}.{format}".ToLowerInvariant(), encoded.ToArray());
            }
        }

        Add("coco", "boxes", Encoding.UTF8.GetBytes("""
            {"images":[{"id":3,"file_name":"a.png","width":8,"height":6}],"categories":[{"id":7,"name":"cat"}],
             "annotations":[{"id":1,"image_id":3,"category_id":7,"bbox":[1,1.5,2,3],"iscrowd":0}]}
            """));
        Add("voc", "boxes", Encoding.UTF8.GetBytes("""
            <annotation><filename>a.png</filename><size><width>8</width><height>6</height></size>
            <object><name>cat</name><difficult>1</difficult>
            <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>6</ymax></bndbox></object></annotation>
            """));
        Add("vectors", "words", Encoding.UTF8.GetBytes("2 3\nking 1 -2.5 3e-1\nqueen 0 0 1\n"));
    }
}
