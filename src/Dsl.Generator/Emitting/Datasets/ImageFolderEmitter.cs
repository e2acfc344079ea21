using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>The images' part of their record: where they come from, and how a class becomes a number.</summary>
internal static class ImageFolderEmitter
{
    public static string Emit(ImageFolderProgram images)
    {
        var (type, format, label) = (images.Declaration.Type, images.Format, images.Label);
        string shape = string.Join(", ", images.InputShape);
        var code = SourceFile.BeginDataset(type,
        [
            $"{type.Name}: images of {label.Categories.Count} classes, of which a model gets [N, {shape}]",
            "",
            SourceFile.Origin(type),
        ]);
        SourceFile.WriteAttributes(code, type);
        string row = Identifier.Escape(type.Name), member = Identifier.Escape(label.Name);
        using (code.Block($"partial record {row} : IImageRow<{row}>"))
        {
            string values = string.Join(", ", label.Values);
            code.Line($"private static readonly {label.Declaration.TypeName}[] _classes = [{values}];");
            code.Line();
            code.Summary("The file.");
            code.Line("public string Path { get; init; } = \"\";");
            WriteSources(code, row);
            code.Line();
            code.Line($"static ImageSchema IImageRow<{row}>.Schema {{ get; }} =");
            string classes = string.Join(", ", label.Categories.Select(BoundFixes.Quoted));
            code.Line($"    new({BoundFixes.Quoted(type.Name)}, {shape}, [{classes}])");
            code.Line("    {");
            if (format.Resize != ImageResize.None) code.Line($"        Scaling = ImageScaling.{format.Resize},");
            if (format.Background != 0) code.Line($"        Background = 0x{format.Background:X6},");
            if (Normalization(images) is { } words) code.Line($"        Normalization = {BoundFixes.Quoted(words)},");
            code.Line("    };");
            code.Line();
            code.Line($"int IImageRow<{row}>.ClassIndex =>");
            code.Line($"    this.{member} is {{ }} own ? ImageClasses.IndexOf(own, _classes, Path) : -1;");
            code.Line();
            string made = label.Declaration.IsPositional ? $"new(_classes[classIndex]) {{ Path = path }}"
                : $"new() {{ {member} = _classes[classIndex], Path = path }}";
            code.Line($"static {row} IImageRow<{row}>.Create(string path, int classIndex) => {made};");
        }

        return code.ToString();
    }

    private static void WriteSources(CodeWriter code, string row)
    {
        string data = $"ImageData<{row}>";
        code.Line();
        code.Summary("The images of a folder with a folder for each class, in the order of their paths.");
        code.Line("/// <param name=\"folder\">The folder.</param>");
        code.Line("/// <param name=\"files\">Which files are read, by their paths; null for all of them.</param>");
        WriteReading(code);
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">Folders, files and classes do not fit, or a "
            + "file is damaged; the message names the file and the remedy.</exception>");
        code.Line($"public static {data} Load(");
        code.Line("    string folder, Func<string, bool>? files = null, bool cache = true, int threads = 0) =>");
        code.Line($"    {data}.Load(folder, files, cache, threads);");
        code.Line();
        code.Summary("Images by their paths, wherever they lie.");
        code.Line("/// <param name=\"rows\">Paths, with or without labels.</param>");
        WriteReading(code);
        code.Line($"public static {data} From(IEnumerable<{row}> rows, bool cache = true, int threads = 0) =>");
        code.Line($"    {data}.From(rows, cache, threads);");
    }

    private static void WriteReading(CodeWriter code)
    {
        code.Line("/// <param name=\"cache\">Whether all are decoded now and kept in memory; else each is whenever it is "
            + "needed.</param>");
        code.Line("/// <param name=\"threads\">Threads that decode; 0 for one for each processor.</param>");
    }

    /// <summary>What a file of a model says of the normalisation; null for none.</summary>
    private static string? Normalization(ImageFolderProgram images) => images switch
    {
        { Standardizes: true } => "standardized",
        { Normalization: var (means, deviations) } => $"mean {Joined(means)}, deviation {Joined(deviations)}",
        _ => null,
    };

    private static string Joined(IEnumerable<double> numbers) => string.Join(" ", numbers.Select(Scalar.Literal));
}
