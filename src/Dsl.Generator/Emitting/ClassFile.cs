using Dsl.Generator.Checking;
using Dsl.Generator.Checking.Datasets;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>A declaration to its generated file.</summary>
internal static class ClassFile
{
    /// <summary>The file of a model that is right; null, with findings, of one that is not.</summary>
    public static string? Of(ModelDeclaration declaration, CompilerOptions options, Findings findings) =>
        Of(declaration, options, findings, out _);

    /// <summary>The same, and the file that writes the model as ONNX, where the project asks for one.</summary>
    public static string? Of(ModelDeclaration declaration, CompilerOptions options, Findings findings, out string? export)
    {
        export = null;
        if (ModelChecker.Check(declaration, findings) is not { } network) return null;
        if (options.ExportsOnnx) export = OnnxEmitter.Emit(declaration, network);
        return ModelEmitter.Emit(declaration, network, options, findings);
    }

    /// <summary>The file of a trainer that is right; null, mostly with findings, of one that is not.</summary>
    public static string? Of(TrainerDeclaration declaration, CompilerOptions options, Findings findings) =>
        TrainerChecker.Check(declaration, options, findings) is { } trainer ? TrainerEmitter.Emit(trainer) : null;

    /// <summary>The file of a data set that is right; null, with findings, of one that is not.</summary>
    public static string? Of(DatasetDeclaration declaration, Findings findings) =>
        DatasetChecker.Check(declaration, findings) switch
        {
            TableProgram table => TableEmitter.Emit(table),
            ImageFolderProgram images => ImageFolderEmitter.Emit(images),
            _ => null,
        };
}
