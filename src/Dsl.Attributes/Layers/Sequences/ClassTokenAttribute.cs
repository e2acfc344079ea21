namespace Dsl;

/// <summary>
/// Puts a learned vector before a sequence, whose output stands for the whole of it: [N, T, D] to [N, T + 1, D] (Devlin et al.
/// 2018, arXiv 1810.04805; for images Dosovitskiy et al. 2020, arXiv 2010.11929).
/// </summary>
/// <remarks>Parameter: class_token [1, 1, D] from 0, as torchvision's vision transformer has it.</remarks>
public sealed class ClassTokenAttribute : LayerAttribute;
